select
  "stored"."tr_date" "tr_date",
  count(*) "cnt_of_daily_sales",
  sum("stored"."mount") "sum_of_daily_sales"
from (
  select
    struct_extract("lines"."_line", 'tr_date') "tr_date",
    case when cast(
      struct_extract("lines"."_line", 'mount')
      as decimal(18, 2)
    ) <> cast(
      struct_extract("lines"."_line", 'mount')
      as decimal(38, 22)
    ) then error('a number has too many digits') else cast(
      struct_extract("lines"."_line", 'mount')
      as decimal(18, 2)
    ) end "mount"
  from (
    select from_json(
      regexp_replace(
        cast(json as varchar),
        '("(?:mount)"\s*:\s*)(-?[0-9][-+.0-9eE]*)',
        '\1"\2"',
        'g'
      ),
      '{"tr_date":"VARCHAR","mount":"VARCHAR"}'
    ) "_line"
    from read_json_objects(list_value('/lake/담배 ''a''.json', '/lake/b[?]{0}.json'), format = 'newline_delimited', hive_partitioning = false, maximum_object_size = 2097152)
  ) "lines"
) "stored"
group by "stored"."tr_date"
order by "tr_date" asc nulls first
