-- title:    Fees
-- title_zh: 收费
-- question: How much 行政事业性收费 do agencies report, in what unit, and who took 信息处理费?
-- question_zh: 各机关报告多少行政事业性收费，单位为何，谁收取了信息处理费？
-- basis:    国办公开办函〔2021〕30号, table 二 (万元); 国办函〔2020〕109号; domain reference 1.4
-- read:     Two fees that must never be added: median_wan is of all administrative charges of those that took any, processing_yuan is for requests alone and stands in prose only. Trust the median, not the total: one figure in 元 under 万元 outweighs a province; off_by_10000 counts what looks like it.
-- column level: level of the agencies; null if not registered
-- column scope: whose figures
-- column year: fiscal year; the cell exists since 2021
-- column reports: reports in the form of 2021
-- column known: of which the amount and its unit are known
-- column positive: of which it is more than 0
-- column total_wan: sum in 万元; one wrong unit spoils it
-- column median_wan: of those above 0 the amount in the middle, in 万元
-- column off_by_10000: reports whose amount is some ten thousand times last year's, or a ten-thousandth of it
-- column processing_stated: reports whose text says how much 信息处理费 was taken, 0 included
-- column processing_yuan: sum of that, in yuan

-- The cell keeps what was printed: an amount printed in 元 is converted here, one
-- of unknown unit is not known. The amount of 0 needs no unit.
WITH amounts AS (
    SELECT r.report_id, r.agency_key, r.level, r.scope, r.year,
           CASE WHEN f.lenient = 0 OR f.unit = 'wan' THEN f.lenient WHEN f.unit = 'yuan' THEN f.lenient / 10000 END AS wan
    FROM v_figure f JOIN v_current_report r USING (report_id)
    WHERE f.table_id = 'proactive' AND f.row_id = 'fee' AND f.column_id = 'amount_wan' AND r.year IS NOT NULL
), stated AS (
    SELECT report_id, max(stated) AS yuan FROM stated('information_fee') WHERE unit = 'yuan' GROUP BY report_id
), all_of AS (
    SELECT a.*, s.yuan, a.wan / nullif(p.wan, 0) AS ratio
    FROM amounts a
    LEFT JOIN stated s USING (report_id)
    LEFT JOIN v_year_pair y ON y.report_id = a.report_id AND NOT y.ambiguous
    LEFT JOIN amounts p ON p.report_id = y.prior_report_id
)
SELECT level, scope, year, count(*) AS reports, count(wan) AS known, count(*) FILTER (wan > 0) AS positive, sum(wan)::DECIMAL(18, 2) AS total_wan,
       (median(wan) FILTER (wan > 0))::DECIMAL(18, 2) AS median_wan,
       count(*) FILTER (ratio BETWEEN 9500 AND 10500 OR 1 / nullif(ratio, 0) BETWEEN 9500 AND 10500) AS off_by_10000,
       count(yuan) AS processing_stated, sum(yuan)::DECIMAL(18, 2) AS processing_yuan
FROM all_of
GROUP BY level, scope, year
ORDER BY level, scope, year
