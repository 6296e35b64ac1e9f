-- Measures that can be followed across the forms. What views and columns mean is said in comments.txt.

-- Measures that can be followed across the forms, and how far.
CREATE TABLE measure (measure measure_code NOT NULL, title VARCHAR NOT NULL, comparable VARCHAR NOT NULL);
CREATE TABLE measure_term (measure measure_code NOT NULL, form form_code NOT NULL, table_id table_code NOT NULL, row_id row_code NOT NULL, column_id column_code NOT NULL);
INSERT INTO measure VALUES
    ('requests_received',           '新收申请',             'E0-E2'),
    ('requests_carried_in',         '上年结转',             'E1-E2'),
    ('requests_carried_out',        '结转下年度',           'E1-E2'),
    ('requests_processed',          '办理结果总计',         'E1-E2'),
    ('granted',                     '予以公开',             'E1-E2; E0 with caution: 已主动公开 was counted apart'),
    ('partly_granted',              '部分公开',             'E0-E2'),
    ('denied',                      '不予公开',             'E1-E2; E0 with caution: it includes 不是政府信息'),
    ('unable',                      '无法提供',             'E1-E2; E0 with caution'),
    ('not_held',                    '本机关不掌握相关政府信息', 'E1-E2: a part of unable'),
    ('refused',                     '不予处理',             'E1 and E2 divide it differently from 其他处理: see refused_or_other'),
    ('refused_or_other',            '不予处理和其他处理',   'only this sum: E1 and E2 divide it differently; E0 with caution'),
    ('reconsideration',             '行政复议',             'E0 has no pending cases; break at FY2024 (行政复议前置)'),
    ('reconsideration_upheld',      '行政复议 结果维持',    'break at FY2024'),
    ('reconsideration_corrected',   '行政复议 结果纠正',    'break at FY2024'),
    ('reconsideration_other',       '行政复议 其他结果',    'break at FY2024'),
    ('reconsideration_pending',     '行政复议 尚未审结',    'E1-E2; break at FY2024'),
    ('suit',                        '行政诉讼',             'E0 has no pending cases; break at FY2024'),
    ('suit_upheld',                 '行政诉讼 结果维持',    'break at FY2024'),
    ('suit_corrected',              '行政诉讼 结果纠正',    'break at FY2024'),
    ('suit_other',                  '行政诉讼 其他结果',    'break at FY2024'),
    ('suit_pending',                '行政诉讼 尚未审结',    'E1-E2; break at FY2024'),
    ('suit_direct',                 '未经复议直接起诉',     'E1-E2; break at FY2024: refusals go to 复议 first'),
    ('suit_after_reconsideration',  '复议后起诉',           'E1-E2; break at FY2024'),
    ('regulations_made',            '规章制发',             'E1-E2 approximately'),
    ('regulations_in_force',        '现行有效规章',         'E2 only: 对外公开总数量 of E1 is another thing'),
    ('normative_documents_made',    '规范性文件制发',       'approximately: narrowed to 行政规范性文件 in E2'),
    ('normative_documents_in_force', '现行有效行政规范性文件', 'E2 only: 对外公开总数量 of E1 is another thing'),
    ('licence_decisions',           '行政许可处理决定',     'E1-E2 approximately'),
    ('penalty_decisions',           '行政处罚处理决定',     'E1-E2 approximately'),
    ('coercion_decisions',          '行政强制处理决定',     'E1-E2 approximately'),
    ('request_fee_wan',             '依申请公开收费（万元）', 'E0 only: never to be joined with administrative_fee_wan'),
    ('administrative_fee_wan',      '行政事业性收费（万元）', 'E2 only: never to be joined with request_fee_wan');

-- E0: the statistics form.
INSERT INTO measure_term SELECT measure, form, 'statistics', row_id, 'value'
FROM (VALUES
    ('requests_received', 'requests_received'),
    ('granted', 'reply_already_public'), ('granted', 'reply_granted'),
    ('partly_granted', 'reply_partly_granted'),
    ('denied', 'reply_denied'),
    ('unable', 'reply_not_this_agency'), ('unable', 'reply_not_exist'),
    ('refused_or_other', 'reply_amend'), ('refused_or_other', 'reply_other_channel'),
    ('reconsideration', 'reconsideration'), ('reconsideration_upheld', 'reconsideration_upheld'),
    ('reconsideration_corrected', 'reconsideration_corrected'), ('reconsideration_other', 'reconsideration_other'),
    ('suit', 'suit'), ('suit_upheld', 'suit_upheld'), ('suit_corrected', 'suit_corrected'), ('suit_other', 'suit_other'),
    ('normative_documents_made', 'normative_document_issued'),
    ('request_fee_wan', 'fee_wan')
) AS t(measure, row_id) CROSS JOIN (SELECT form FROM form_table WHERE table_id = 'statistics');

-- E1 and E2: tables 三 and 四.
INSERT INTO measure_term
SELECT CASE row_id WHEN 'unable_not_held' THEN 'not_held' ELSE 'refused' END, form, table_id, row_id, column_id
FROM form_cell WHERE table_id = 'requests' AND column_id = 'total' AND (row_id = 'unable_not_held' OR outcome_group(row_id) = 'refused');
INSERT INTO measure_term SELECT
    CASE row_id::VARCHAR
        WHEN 'new_received' THEN 'requests_received' WHEN 'carried_in' THEN 'requests_carried_in'
        WHEN 'carried_out' THEN 'requests_carried_out' WHEN 'processed_total' THEN 'requests_processed'
        ELSE CASE WHEN outcome_group(row_id) IN ('refused', 'other') THEN 'refused_or_other' ELSE outcome_group(row_id) END
    END, form, table_id, row_id, column_id
FROM form_cell WHERE table_id = 'requests' AND column_id = 'total';
INSERT INTO measure_term SELECT
    CASE WHEN row_id = 'reconsideration' THEN 'reconsideration' ELSE 'suit' END
        || CASE WHEN column_id = 'total' THEN '' ELSE '_' || column_id END, form, table_id, row_id, column_id
FROM form_cell WHERE table_id = 'disputes';
INSERT INTO measure_term SELECT row_id, form, table_id, row_id, column_id
FROM form_cell WHERE table_id = 'disputes' AND row_id <> 'reconsideration' AND column_id = 'total';

-- E1 and E2: table 二.
INSERT INTO measure_term SELECT t.measure, f.form, f.table_id, f.row_id, f.column_id
FROM (VALUES
    ('regulations_made', 'regulation', 'made'), ('regulations_made', 'regulation', 'issued'),
    ('regulations_in_force', 'regulation', 'in_force'),
    ('normative_documents_made', 'normative_document', 'made'), ('normative_documents_made', 'normative_document', 'issued'),
    ('normative_documents_in_force', 'normative_document', 'in_force'),
    ('licence_decisions', 'licence', 'decisions'), ('penalty_decisions', 'penalty', 'decisions'), ('coercion_decisions', 'coercion', 'decisions'),
    ('administrative_fee_wan', 'fee', 'amount_wan')
) AS t(measure, row_id, column_id)
JOIN form_cell f ON f.table_id = 'proactive' AND f.row_id = t.row_id AND f.column_id = t.column_id;

-- Measures are added up when a report is loaded (table measured): a trend over
-- all reports need not read all their cells.
CREATE VIEW v_harmonised AS
SELECT r.agency_key, r.agency, r.year, r.scope, f.form, f.measure, m.title, f.value, f.lenient, f.doubtful, m.comparable, f.report_id
FROM measured f
JOIN measure m USING (measure)
JOIN report r USING (report_id)
WHERE r.is_current;
