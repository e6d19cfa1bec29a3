// A real day of each person of the design, in order.  A day names who walks,
// on what, and what is done; pictures are taken on the way.
import { lintApi } from './api.mjs';
import { walk } from './walk.mjs';

// Somebody who is due, found from the first page; a visit, recorded in the
// stairwell; it stands in the file at once.
async function visitSomebody (person, day, note) {
  await person.go ('/');
  await person.click ('main a[href^="/due?state=open"]');
  await person.click ('main a[href^="/people/"]');
  const file = new URL (person.page.url ()).pathname;
  await person.shoot ('person-phone');
  const link = 'a[href^="/ledgers/visit/new"]';
  await person.page.locator (`main details:has(${link}) > summary`).first ()
    .click ();
  await person.click (`main ${link}`);
  await person.shoot ('visit-phone');
  await person.send ({
    'f.date': `2023-11-${day}`, 'f.occasion': 'home', 'f.place': 'home',
    'f.visitor': '试验员', 'f.note': note,
  });
  await person.go (file);
  const visit = 'main a[href^="/ledgers/visit/"]';
  await person.expect (`${visit}:has-text("11月${day}日"), `
    + `${visit}:has-text("2023-11-${day}")`, 'the visit');
}

// A workbook's rows, looked at before they are taken.
async function importUnits (person, code) {
  await person.go ('/ledgers/unit/import');
  await person.page.setInputFiles ('main input[type=file]', {
    name: '机构.csv', mimeType: 'text/csv',
    buffer: Buffer.from ('机构编号,机构名称,机构类别\n'
                         + `${code},试验社区${code},社区\n`),
  });
  // The file, the columns and a trial, then in earnest.
  await person.submit ();
  await person.submit ();
  await person.shoot ('import');
  await person.submit ();
  await person.go (`/ledgers/unit?q=${code}`);
  await person.expect (`main:has-text("试验社区${code}")`, 'the imported row');
}

async function takeAttendance (person) {
  await person.go ('/batches/checkup/TJ2023-15');
  await person.shoot ('batch');
  await person.page.locator ('main input[name=came]').first ().check ();
  await person.submit ('main form[action$="/attendance"]');
}

async function lookAfterMoney (person) {
  await person.go ('/money');
  await person.shoot ('money');
  await person.go ('/money/lines/5');
  await person.go ('/money/closing');
  await person.shoot ('closing');
  await person.go ('/money/import');
  await person.click ('main a[href^="/ledgers/payment/import"]');
}

async function stateMeasure (person, number) {
  await person.go ('/plan');
  await person.shoot ('plan');
  await person.go ('/plan/problems/1/measure');
  await person.send ({
    'f.number': number, 'f.text': '逐月抽查', 'f.owner': '试验员',
    'f.due': '2023-12-20', 'f.result': '佐证材料齐全',
  });
  await person.go ('/plan/problems');
  await person.expect ('main:has-text("逐月抽查")', 'the measure');
}

export const DAYS = [
  { role: 'liaison', size: 'phone', shot: 'today-phone',
    async day (person) {
      await visitSomebody (person, '30', '送医途中走访');
      await walk (person);
    } },
  { role: 'clerk', size: 'desktop', shot: 'today',
    async day (person) {
      await importUnits (person, 'SY-1');
      await takeAttendance (person);
      await person.go ('/people');
      await person.shoot ('people');
      await walk (person);
    } },
  { role: 'finance', size: 'desktop',
    async day (person) {
      await lookAfterMoney (person);
      await walk (person);
    } },
  { role: 'section', size: 'desktop',
    async day (person) {
      await stateMeasure (person, 'CS2023-91');
      await walk (person);
    } },
  { role: 'bureau', size: 'phone', shot: 'today-bureau-phone', day: walk },
  { role: 'reviewer', size: 'desktop',
    async day (person) {
      await person.go ('/monitoring');
      await person.shoot ('monitoring');
      await person.go ('/score');
      await person.shoot ('score');
      await walk (person);
    } },
  { role: 'audit', size: 'desktop', day: walk },
  { role: 'security', size: 'desktop', day: walk },
  { role: 'system', size: 'desktop',
    async day (person) {
      await walk (person);
      await lintApi (person);
    } },
  { role: 'liaison', size: 'phone', script: false,
    async day (person) {
      await visitSomebody (person, '29', '没有脚本也能登记');
      await walk (person);
    } },
  { role: 'clerk', size: 'desktop', script: false,
    async day (person) {
      await importUnits (person, 'SY-2');
      await walk (person);
    } },
];
