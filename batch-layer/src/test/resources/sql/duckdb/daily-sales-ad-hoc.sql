select
  "transaction_order"."tr_date" "tr_date",
  count(*) "cnt_of_daily_sales",
  sum("transaction_order"."mount") "sum_of_daily_sales"
from "lake"."transaction_order"
group by "transaction_order"."tr_date"
order by "tr_date" asc nulls first
