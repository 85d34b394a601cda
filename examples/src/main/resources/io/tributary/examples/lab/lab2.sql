SELECT division_name, count(*) as cnt_of_sales, sum(mount) as sum_of_sales
FROM transaction_order_flink
GROUP BY division_name
