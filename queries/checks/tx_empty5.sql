-- rule:     TX-EMPTY5
-- title:    Section 五 says something
-- title_zh: 第五部分有实质内容
-- question: Does section 五 (problems and improvements) have at least 20 characters?
-- question_zh: 第五部分（问题及改进）是否不少于20字？
-- basis:    Regulation Art. 50(4); format notice
-- since:    2019
-- severity: W
-- rests:    section 5
-- left:     characters
-- left_zh:  字数
-- right:    20
-- right_zh: 20
SELECT report_id, left(regexp_replace(text, '\s', '', 'g'), 40) AS detail, length(regexp_replace(text, '\s', '', 'g'))::DECIMAL(18, 6) AS left_value,
       20::DECIMAL(18, 6) AS right_value,
       verdict(present AND length(regexp_replace(text, '\s', '', 'g')) >= 20) AS strict,
       verdict(present AND length(regexp_replace(text, '\s', '', 'g')) >= 20) AS lenient
FROM section SEMI JOIN (FROM report WHERE is_current) USING (report_id)
WHERE number = 5
