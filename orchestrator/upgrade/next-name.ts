/** The next free name after a shard's own: `eu-4` after `eu-1` where eu-2 and eu-3 are taken. */
export function nextName(name: string, taken: Iterable<string>): string {
  const stem = /^(.+)-\d+$/.exec(name)?.[1] ?? name;
  let highest = 1;
  for (const one of taken) {
    const number = one.startsWith(`${stem}-`) ? one.slice(stem.length + 1) : '';
    if (/^\d{1,9}$/.test(number)) highest = Math.max(highest, Number(number));
  }
  return `${stem}-${highest + 1}`;
}
