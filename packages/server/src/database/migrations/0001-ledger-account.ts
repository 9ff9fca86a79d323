// What is fixed about accounts, in SQL: their ids and the triples that may be posted. Each equals its
// twin in core/ledger; tests compare them row by row.

export const accountTermsSql = `
create function ledger.text_field(p_text text) returns bytea immutable parallel safe
set search_path = pg_catalog, pg_temp
return '\\x03'::bytea || int4send(octet_length(convert_to(p_text, 'UTF8'))) || convert_to(p_text, 'UTF8');

create function ledger.int_field(p_int bigint) returns bytea immutable parallel safe
set search_path = pg_catalog, pg_temp
return coalesce('\\x02'::bytea || int4send(length(p_int::text)) || convert_to(p_int::text, 'UTF8'), '\\x0000000000');

-- The id of an account is the UUIDv8 of the SHA-256 of its terms: changing the holder makes another account.
create function ledger.account_id(p_ledger int, p_jurisdiction text, p_district text, p_code smallint, p_programme text,
  p_year smallint, p_kind text, p_holder text, p_reference text, p_usable_until date) returns uuid
language plpgsql immutable parallel safe set search_path = ledger, pg_catalog, pg_temp as $$
declare
  v_hash bytea := sha256(text_field('suanquan/account/v1') || int_field(p_ledger) || text_field(p_jurisdiction)
    || text_field(p_district) || int_field(p_code) || text_field(p_programme) || int_field(p_year) || text_field(p_kind)
    || text_field(p_holder) || text_field(p_reference) || int_field(p_usable_until - date '1970-01-01'));
begin
  v_hash := set_byte(v_hash, 6, (get_byte(v_hash, 6) & 15) | 128);
  v_hash := set_byte(v_hash, 8, (get_byte(v_hash, 8) & 63) | 128);
  return encode(substring(v_hash from 1 for 16), 'hex')::uuid;
end $$;

-- Allowed triples: debit code * 1000000 + credit code * 1000 + posting code.
create function ledger.triples() returns int[] immutable parallel safe
set search_path = pg_catalog, pg_temp
return array[
  1002001, 2001002, 2003003, 3003003, 3002004, 3004005, 4005006, 3005007, 5006008, 6005009, 5004010, 5003011,
  4003012, 4003013, 4003014, 6007015, 7006016, 7001017,
  11012021, 21022021, 12013022, 22023022, 13012023, 23022023, 12011024, 22021024];

-- Postings that empty an account to where its money came from: possible after its end.
create function ledger.return_codes() returns smallint[] immutable parallel safe
set search_path = pg_catalog, pg_temp
return array[12, 13, 14]::smallint[];
`
