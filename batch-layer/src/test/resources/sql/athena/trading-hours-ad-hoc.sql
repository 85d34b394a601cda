select
  "transaction_order"."tr_date" "tr_date",
  cast("transaction_order"."tr_time" as int) "tr_time",
  count(*) "cnt_of_daily_sales",
  sum("transaction_order"."mount") "sum_of_daily_sales"
from "lake"."transaction_order"
group by
  "transaction_order"."tr_date",
  cast("transaction_order"."tr_time" as int)
order by
  "tr_date" asc nulls first,
  "tr_time" asc nulls first
