-- title:    How far the figures can be trusted
-- title_zh: 数字的可信程度
-- question: How many cells of each year are verified, confirmed by a person, disputed, suspect or read by OCR?
-- question_zh: 每年各有多少格已核对、人工核读、不符、存疑或由识别得出？
-- basis:    domain reference 4.2 to 4.4; only current versions
-- read:     disputed cells are the agencies' contradictions and may be quoted as such; suspect and ocr may be our misreading and must be looked at in the document first.
-- column year: fiscal year; null if not known
-- column verified: cells that sums or a second reading confirm
-- column confirmed: cells that a person has read in the original
-- column disputed: cells that break a rule though read without doubt: the agency's error
-- column suspect: cells that may be ours
-- column ocr: cells read from an image

SELECT r.year, count(*) FILTER (f.status = 'verified') AS verified, count(*) FILTER (f.status = 'confirmed') AS confirmed,
       count(*) FILTER (f.status = 'disputed') AS disputed, count(*) FILTER (f.status = 'suspect') AS suspect, count(*) FILTER (f.status = 'ocr') AS ocr
FROM v_figure f JOIN v_current_report r USING (report_id)
GROUP BY r.year
ORDER BY r.year
