select
  "transaction_order"."division_name" "division_name",
  "transaction_order"."maincategory_name" "maincategory_name",
  "transaction_order"."subcategory_name" "subcategory_name",
  count(*) "cnt_of_sales",
  sum("transaction_order"."mount") "sum_of_sales"
from "lake"."transaction_order"
group by "transaction_order"."division_name", "transaction_order"."maincategory_name", "transaction_order"."subcategory_name"
order by
  "sum_of_sales" desc nulls last,
  "division_name" asc nulls first,
  "maincategory_name" asc nulls first,
  "subcategory_name" asc nulls first
