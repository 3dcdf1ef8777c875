import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';

const strictText = { strict: true, noEscape: true };
const handlebars = Handlebars.create();
const templates = loadTemplates();

/**
 * Renders `templates/<name>.hbs` with `data`; every template can be another's partial, `{{> name}}`.
 * Nothing is escaped: the results are no HTML. A name that `data` lacks is an error.
 */
export function render(name: string, data: object): string {
  const template = templates.get(name);
  if (template === undefined) throw new Error(`there is no template ${name}.hbs`);
  return template(data);
}

/** All templates, each compiled when it is first used. */
function loadTemplates(): ReadonlyMap<string, Handlebars.TemplateDelegate> {
  const loaded = new Map<string, Handlebars.TemplateDelegate>();
  for (const file of readdirSync(import.meta.dirname).filter((one) => one.endsWith('.hbs'))) {
    const name = file.slice(0, -'.hbs'.length);
    const template = handlebars.compile(readFileSync(`${import.meta.dirname}/${file}`, 'utf8'), strictText);
    handlebars.registerPartial(name, template);
    loaded.set(name, template);
  }
  return loaded;
}
