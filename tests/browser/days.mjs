// A real day of each person of the design, in order.  A day names who walks,
// on what, and what is done; `shots` are taken on the way.
import { lintApi } from './api.mjs';
import { walk } from './walk.mjs';

async function look (person) {
  await walk (person);
}

export const DAYS = [
  { role: 'liaison', size: 'phone', shot: 'today-phone', day: look },
  { role: 'clerk', size: 'desktop', shot: 'today', day: look },
  { role: 'finance', size: 'desktop', day: look },
  { role: 'section', size: 'desktop', day: look },
  { role: 'bureau', size: 'phone', day: look },
  { role: 'reviewer', size: 'desktop', day: look },
  { role: 'audit', size: 'desktop', day: look },
  { role: 'security', size: 'desktop', day: look },
  { role: 'system', size: 'desktop',
    async day (person) {
      await look (person);
      await lintApi (person);
    } },
  { role: 'liaison', size: 'phone', script: false, day: look },
  { role: 'clerk', size: 'desktop', script: false, day: look },
];
