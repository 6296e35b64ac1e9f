-- rule:     T2-REG-POWER
-- title:    Only bodies that may make 规章 report them
-- title_zh: 只有有权机关报告规章
-- question: Does a body without the power to make 规章 report none?
-- question_zh: 没有规章制定权的机关，规章数是否为零？
-- basis:    立法法 on 规章: State Council departments, provincial governments, governments of 设区的市 and 自治州
-- since:    2019
-- severity: W
-- left:     规章 reported
-- left_zh:  所报规章数
-- right:    0
-- right_zh: 0

-- Without level and type in the register only townships, sub-districts and
-- counties are known by their names.
WITH power AS (
    SELECT report_id,
           CASE WHEN level = 'national' THEN true
                WHEN level IN ('province', 'prefecture') THEN type IN ('government', 'government_office')
                WHEN level IN ('county', 'township') THEN false
                WHEN regexp_matches(agency, '(乡|镇|县)(人民政府)?(办公室)?$|街道办事处$') THEN false END AS may
    FROM v_current_report
)
SELECT report_id, table_id, row_id, column_id, value AS left_value, 0::DECIMAL(18, 6) AS right_value,
       verdict(value = 0 OR may) AS strict, verdict(lenient = 0 OR may) AS lenient
FROM v_figure JOIN power USING (report_id)
WHERE table_id = 'proactive'::table_code AND row_id = 'regulation'::row_code
