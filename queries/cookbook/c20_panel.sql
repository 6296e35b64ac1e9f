-- title:    A panel for R, Stata or Python
-- title_zh: 供 R、Stata、Python 使用的面板
-- question: What are the main figures of every agency and year, one row each?
-- question_zh: 每个机关每年的主要数字，一行一条。
-- basis:    domain reference 2.6 and 4.4; v_harmonised
-- read:     Read unit and year as panel identifiers, within one scope only. Empty is unknown (NA), never 0. Put break_form and break_law into a model as they are; leave out rows with doubtful figures, or say how many there are.
-- column unit: the agency, the same under all its names: the panel identifier
-- column agency: its name in that year
-- column level: level; null if not registered
-- column type: kind; null if not registered
-- column region: division code
-- column scope: whose figures: choose one
-- column year: fiscal year
-- column form: form of table 三
-- column received: 本年新收
-- column carried_in: 上年结转
-- column granted: 予以公开
-- column partly_granted: 部分公开
-- column denied: 不予公开
-- column unable: 无法提供
-- column refused_or_other: 不予处理 and 其他处理; the forms divide them differently
-- column processed: （七）总计
-- column carried_out: 结转下年度
-- column reconsideration: 行政复议
-- column suit: 行政诉讼
-- column normative_documents: 现行有效行政规范性文件, since 2021
-- column break_form: 1 from FY2021 on: the form of 2021
-- column break_law: 1 from FY2024 on: 行政复议法 of 2023
-- column disputed: cells that contradict a rule though read without doubt
-- column doubtful: cells not read without doubt
-- column published: date of publication as stated
-- column document: SHA-256 of the document

-- gongkai query c20_panel --format csv > panel.csv, then read.csv("panel.csv").
-- max(...) FILTER turns rows into columns: there is one row per report and
-- measure. Not for sums over scopes: consolidated figures contain the others.
WITH wide AS (
    SELECT report_id,
           max(form) FILTER (measure = 'requests_received') AS form,
           max(value) FILTER (measure = 'requests_received') AS received,
           max(value) FILTER (measure = 'requests_carried_in') AS carried_in,
           max(value) FILTER (measure = 'granted') AS granted,
           max(value) FILTER (measure = 'partly_granted') AS partly_granted,
           max(value) FILTER (measure = 'denied') AS denied,
           max(value) FILTER (measure = 'unable') AS unable,
           max(value) FILTER (measure = 'refused_or_other') AS refused_or_other,
           max(value) FILTER (measure = 'requests_processed') AS processed,
           max(value) FILTER (measure = 'requests_carried_out') AS carried_out,
           max(value) FILTER (measure = 'reconsideration') AS reconsideration,
           max(value) FILTER (measure = 'suit') AS suit,
           max(value) FILTER (measure = 'normative_documents_in_force') AS normative_documents
    FROM v_harmonised GROUP BY report_id
), trust AS (
    SELECT report_id, count(*) FILTER (status = 'disputed') AS disputed, count(*) FILTER (NOT certain(status)) AS doubtful
    FROM v_figure GROUP BY report_id
)
SELECT coalesce(s.series, r.agency_key) AS unit, r.agency, r.level, r.type, r.region, r.scope, r.year, w.form,
       w.received::BIGINT AS received, w.carried_in::BIGINT AS carried_in, w.granted::BIGINT AS granted, w.partly_granted::BIGINT AS partly_granted,
       w.denied::BIGINT AS denied, w.unable::BIGINT AS unable, w.refused_or_other::BIGINT AS refused_or_other, w.processed::BIGINT AS processed,
       w.carried_out::BIGINT AS carried_out, w.reconsideration::BIGINT AS reconsideration, w.suit::BIGINT AS suit, w.normative_documents::BIGINT AS normative_documents,
       (r.year >= 2021)::INTEGER AS break_form, (r.year >= 2024)::INTEGER AS break_law, t.disputed, t.doubtful, r.published, r.document
FROM v_current_report r
JOIN wide w USING (report_id)
JOIN trust t USING (report_id)
LEFT JOIN agency_series s USING (agency_key)
WHERE r.year IS NOT NULL AND NOT starts_with(r.agency_key, 'document:')
ORDER BY unit, r.scope, r.year, r.document
