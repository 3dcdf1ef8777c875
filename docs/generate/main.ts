import { writeFileSync } from 'node:fs';
import { pages } from './pages.ts';

// Writes the references; pages.test.ts tells when that is due.
for (const [file, text] of await pages()) writeFileSync(file, text);
