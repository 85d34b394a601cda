select
  '0' "_slice",
  cast(
    max("records"."tr_datetime")
    as varchar
  ) "_state_1",
  cast(to_json(list_sort(array_agg(distinct ((((((replace(replace("records"."tr_date", '\', '\\'), chr(31), '\s') || chr(31)) || replace(replace("records"."store_cd", '\', '\\'), chr(31), '\s')) || chr(31)) || replace(replace("records"."pos_num", '\', '\\'), chr(31), '\s')) || chr(31)) || replace(replace("records"."receipt_num", '\', '\\'), chr(31), '\s'))) filter (where ((((((replace(replace("records"."tr_date", '\', '\\'), chr(31), '\s') || chr(31)) || replace(replace("records"."store_cd", '\', '\\'), chr(31), '\s')) || chr(31)) || replace(replace("records"."pos_num", '\', '\\'), chr(31), '\s')) || chr(31)) || replace(replace("records"."receipt_num", '\', '\\'), chr(31), '\s')) is not null))) as varchar) "_state_2",
  cast(to_json(list_sort(array_agg(distinct "records"."receipt_num") filter (where "records"."receipt_num" is not null))) as varchar) "_state_3",
  cast(
    sum("records"."mount")
    as varchar
  ) "_state_4"
from (
  select
    "transaction_order"."tr_date" "tr_date",
    "transaction_order"."store_cd" "store_cd",
    "transaction_order"."pos_num" "pos_num",
    "transaction_order"."receipt_num" "receipt_num",
    "transaction_order"."mount" "mount",
    "transaction_order"."tr_datetime" "tr_datetime"
  from "lake"."transaction_order"
) "records"
having count(*) > 0
