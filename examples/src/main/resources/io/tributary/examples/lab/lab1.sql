SELECT * FROM transaction_order_flink
