select
  '0' "_slice",
  "records"."tr_date" "tr_date",
  cast("records"."tr_time" as varchar) "tr_time",
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
    "transaction_order"."tr_date" "tr_date",
    cast("transaction_order"."tr_time" as int) "tr_time",
    "transaction_order"."mount" "mount"
  from "lake"."transaction_order"
) "records"
group by "records"."tr_date", "records"."tr_time"
