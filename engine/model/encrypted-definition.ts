import Type from 'typebox';
import { labelled, text } from '../fields/settings.ts';

/** Of a field: see `check-encryption.ts` for where such a field cannot stand. */
export const EncryptedSchema = Type.Literal(true, {
  description: 'Ciphertext in the database, its history and its backups. Cannot be searched, sorted, grouped, compared or reckoned with.',
  ...labelled('加密存储', 'Encrypted at rest', {
    'x-group': 'access',
    'x-help': text(
      '数据库、修改历史和备份中只有密文；不能搜索、排序、分组、比较和参与计算，筛选只能判断是否为空。谁能看到由权限决定。',
      'Database, history and backups hold only ciphertext. It cannot be searched, sorted, grouped, compared or reckoned with; filters may ask whether it is empty. Who sees it is a matter of rights.',
    ),
  }),
});
