select
  '0' "_slice",
  "records"."division_name" "division_name",
  "records"."maincategory_name" "maincategory_name",
  "records"."subcategory_name" "subcategory_name",
  cast(
    nullif(
      count(*),
      0
    )
    as varchar
  ) "_state_1",
  cast(
    sum("records"."mount")
    as varchar
  ) "_state_2"
from (
  select
    "transaction_order"."mount" "mount",
    "transaction_order"."division_name" "division_name",
    "transaction_order"."maincategory_name" "maincategory_name",
    "transaction_order"."subcategory_name" "subcategory_name"
  from "lake"."transaction_order"
) "records"
group by "records"."division_name", "records"."maincategory_name", "records"."subcategory_name"
