#!/usr/bin/env node
console.log('suanquan')
