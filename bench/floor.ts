/** The floor: Express 5 and better-sqlite3 by hand on the same file, with prepared statements and no rules at all. */
import BetterSqlite from 'better-sqlite3';
import express from 'express';

const [file = '', port = '0'] = process.argv.slice(2);
const db = new BetterSqlite(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.pragma('busy_timeout = 5000');
db.pragma('cache_size = -65536');

const COLUMNS = [
  'id', 'version', 'customer_no', 'name', 'short_name', 'name_en', 'stage', 'industry', 'source', 'grade', 'phone', 'fax', 'email', 'website', 'address', 'postcode',
  'employees', 'revenue', 'capital', 'credit_limit', 'credit_days', 'founded_on', 'first_contact_on', 'last_followup_at', 'next_followup_at', 'locked', 'verified',
  'rating', 'discount', 'tags', 'remark', 'days_known', 'owner', 'owner_department', 'collaborators', 'created_at', 'created_by', 'updated_at', 'updated_by', 'external_id',
].join(', ');
const get = db.prepare(`SELECT ${COLUMNS} FROM customer WHERE id = ? AND deleted_at IS NULL`);
const list = db.prepare(`SELECT ${COLUMNS} FROM customer WHERE deleted_at IS NULL ORDER BY updated_at DESC, _rid DESC LIMIT 50`);
const search = db.prepare(`SELECT ${COLUMNS} FROM customer WHERE name LIKE ? AND deleted_at IS NULL ORDER BY updated_at DESC, _rid DESC LIMIT 50`);
const save = db.prepare('UPDATE customer SET remark = ?, employees = ?, version = version + 1, updated_at = ? WHERE id = ? AND deleted_at IS NULL');

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.get('/records', (request, response) => {
  const text = request.query.search;
  response.json({ data: typeof text === 'string' ? search.all(`%${text}%`) : list.all() });
});
app.get('/records/:id', (request, response) => {
  response.json({ data: get.get(request.params.id) });
});
app.patch('/records/:id', express.json(), (request, response) => {
  const { remark, employees } = request.body as { remark: string; employees: number };
  save.run(remark, employees, new Date().toISOString(), request.params.id);
  response.json({ data: get.get(request.params.id) });
});
app.listen(Number(port), '127.0.0.1', () => process.send?.('ready'));
// Nobody is left to measure when the benchmark has ended.
process.on('disconnect', () => process.exit());
