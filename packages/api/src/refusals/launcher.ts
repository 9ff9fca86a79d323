import type { RefusalTexts } from './texts.ts'

export const launcher = {
  'launcher.no_binaries': {
    status: 503,
    zh: '这台机器（{platform}）上没有可用的 PostgreSQL {version}：请安装系统的 PostgreSQL，或用 DATABASE_URL 指定一个数据库',
    en: "there is no PostgreSQL {version} for this machine ({platform}): install the system's PostgreSQL or name a database with DATABASE_URL",
  },
  'launcher.folder_not_writable': {
    status: 503,
    zh: '数据目录“{folder}”不能写入：请换一个目录（--data），或用该目录的所有者运行',
    en: 'the data folder "{folder}" cannot be written: choose another one (--data) or run as the user who owns it',
  },
  'launcher.folder_full': {
    status: 503,
    zh: '数据目录“{folder}”所在的磁盘已满：请腾出空间或换一个目录（--data）',
    en: 'the disk of the data folder "{folder}" is full: free some space or choose another folder (--data)',
  },
  'launcher.other_version': {
    status: 503,
    zh: '数据目录“{folder}”是 PostgreSQL {found} 的数据库，而这里要用的是 {wanted}：请用 {found} 版打开，或备份后恢复到新目录',
    en: 'the data folder "{folder}" holds a PostgreSQL {found} database and {wanted} was to open it: open it with {found}, or back it up and restore it into a new folder',
  },
  'launcher.not_a_folder': {
    status: 503,
    zh: '“{folder}”不是目录：请换一个（--data）',
    en: '"{folder}" is not a folder: choose another one (--data)',
  },
  'launcher.no_socket_folder': {
    status: 503,
    zh: '临时目录“{folder}”不能放数据库的套接字（路径太长或不能写入）：请把 TMPDIR 设为一个短的可写目录',
    en: 'the temporary folder "{folder}" cannot hold the database\'s socket (too long or not writable): set TMPDIR to a short writable folder',
  },
  'launcher.no_data': {
    status: 503,
    zh: '“{data}”里没有数据库：请用 --data 指明数据目录，或先运行 suanquan serve 或 demo',
    en: 'there is no database in "{data}": name the data folder with --data, or run suanquan serve or demo first',
  },
  'launcher.unreachable': {
    status: 503,
    zh: 'DATABASE_URL 指定的数据库没有应答：{reason}',
    en: 'the database that DATABASE_URL names does not answer: {reason}',
  },
  'launcher.cannot_start': {
    status: 503,
    zh: '“{folder}”里的数据库启动不了：{reason}（详见其中的 server.log）',
    en: 'the database in "{folder}" does not start: {reason} (server.log in it says more)',
  },
} as const satisfies RefusalTexts
