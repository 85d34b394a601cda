SELECT max(tr_datetime), count(distinct receipt_num), sum(mount) FROM transaction_order_flink
