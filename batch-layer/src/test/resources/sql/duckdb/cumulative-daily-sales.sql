select
  cast("records"."_slice" as varchar) "_slice",
  cast(
    sum("records"."mount")
    as varchar
  ) "_state_1"
from (
  select
    (date_diff('second', timestamp '1970-01-01 00:00:00', date_trunc('second', "transaction_order"."tr_datetime")) - (((date_diff('second', timestamp '1970-01-01 00:00:00', date_trunc('second', "transaction_order"."tr_datetime")) % 3600) + 3600) % 3600)) "_slice",
    "transaction_order"."mount" "mount"
  from "lake"."transaction_order"
) "records"
group by "records"."_slice"
