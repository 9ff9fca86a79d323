import type { RefusalTexts } from './texts.ts'

export const backup = {
  'backup.exists': {
    status: 409,
    zh: '“{file}”已经存在，备份不会覆盖它：请换一个文件名',
    en: '"{file}" is there already and a backup never writes over it: name another file',
  },
  'backup.cannot_write': {
    status: 503,
    zh: '备份写不到“{file}”：{reason}。没有留下半份文件，请腾出空间或换一个位置后重做',
    en: 'the backup cannot be written to "{file}": {reason}. No half of it stays; free some space or name another place, then make it again',
  },
  'backup.cannot_read': {
    status: 404,
    zh: '读不到备份“{file}”：{reason}',
    en: 'the backup "{file}" cannot be read: {reason}',
  },
  'backup.not_a_backup': {
    status: 422,
    zh: '“{file}”不是本平台的备份：请检查文件',
    en: '"{file}" is no backup of this platform: look at which file it is',
  },
  'backup.truncated': {
    status: 422,
    zh: '备份“{file}”不完整，没有写完或被截断：请用另一份',
    en: 'the backup "{file}" ends too early, half-written or cut off: take another one',
  },
  'backup.damaged': {
    status: 422,
    zh: '备份已损坏，“{part}”的内容与其哈希不符：请用另一份',
    en: 'the backup is damaged, "{part}" does not have its hash: take another one',
  },
  'backup.out_of_order': {
    status: 422,
    zh: '备份的各部分次序不对或缺少一部分，从“{part}”起：请用另一份',
    en: 'the parts of the backup are missing or out of order from "{part}" on: take another one',
  },
  'backup.other_digest': {
    status: 422,
    zh: '备份的摘要是 {found}，不是所要求的 {wanted}：这不是当时的那一份',
    en: 'the digest of the backup is {found} and not {wanted}: it is not the one that was meant',
  },
  'backup.other_format': {
    status: 422,
    zh: '备份的格式版本是 {found}，本版本只能读 {known}：请用写出它的版本恢复',
    en: 'the backup has format {found} and this version reads {known}: restore it with the version that wrote it',
  },
  'backup.newer': {
    status: 422,
    zh: '备份来自更新的版本，其中的数据库升级“{migration}”本版本没有：请用 {version} 或更新的版本恢复',
    en: 'the backup is of a newer version: this one lacks the migration "{migration}"; restore it with {version} or later',
  },
  'backup.other_columns': {
    status: 422,
    zh: '备份中表“{table}”的列与数据库不同：请用写出它的版本恢复',
    en: 'the columns of "{table}" in the backup are not those of the database: restore it with the version that wrote it',
  },
  'backup.passphrase_needed': {
    status: 401,
    zh: '备份已加密：请用 --passphrase-file 给出口令',
    en: 'the backup is encrypted: give its passphrase with --passphrase-file',
  },
  'backup.passphrase_wrong': {
    status: 401,
    zh: '口令不对，或备份说明被改动过',
    en: 'the passphrase is wrong, or the manifest was changed',
  },
  'backup.passphrase_short': {
    status: 422,
    zh: '口令至少 {least} 个字符',
    en: 'a passphrase has at least {least} characters',
  },
  'backup.file_missing': {
    status: 422,
    zh: '数据库登记的附件 {sha256} 不在数据目录里：请用 --data 指明平台的数据目录，或先找回该文件',
    en: 'the attachment {sha256} that the database names is not in the data folder: name the folder of the platform with --data, or find the file first',
  },
  'backup.not_empty': {
    status: 409,
    zh: '只能恢复到空数据库，而“{table}”里已有数据：请另建一个数据库或数据目录',
    en: 'a backup is restored into an empty database only, and "{table}" has rows: make another database or data folder',
  },
  'backup.differs': {
    status: 503,
    zh: '恢复后“{what}”与备份不一致，已全部撤回，数据库仍为空',
    en: 'after loading, "{what}" is not as in the backup; all of it was taken back, the database is still empty',
  },
} as const satisfies RefusalTexts
