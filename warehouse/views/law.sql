-- What the law says, and what a rule or a cell can be. What views and columns mean is said in comments.txt.

-- A rule holds (PASS), is broken (FAIL), or cannot be tested (UNKNOWN).
CREATE MACRO verdict(ok) AS CASE WHEN ok THEN 'PASS' WHEN NOT ok THEN 'FAIL' ELSE 'UNKNOWN' END;

-- Whether a cell is what the document says: what fails on such cells alone is
-- the agency's error.
CREATE MACRO certain(status) AS status IN ('verified', 'disputed', 'confirmed');

-- The last day for the report of a fiscal year; null if no national rule sets
-- one: townships and public services have none, and of some agencies level and type are not known.
CREATE MACRO deadline(year, level, type) AS
    CASE WHEN type = 'public_service' THEN NULL
         WHEN year <= 2018 THEN make_date(year + 1, 3, 31)
         WHEN level = 'township' OR type = 'subdistrict_office' THEN NULL
         WHEN type = 'government' AND level <> 'national' THEN make_date(year + 1, 3, 31)
         WHEN type IN ('department', 'government_office', 'dispatched', 'vertical', 'empowered') THEN make_date(year + 1, 1, 31) END;

-- What changed between the year before and this one, for a figure about disputes
-- or any other.
CREATE MACRO break_before(year, disputes) AS
    CASE WHEN year = 2019 THEN 'FY2019: the Regulation of 2019 and its form'
         WHEN year = 2021 THEN 'FY2021: the form of 2021'
         WHEN year = 2024 AND disputes THEN 'FY2024: 行政复议法 of 2023, refusals go to 复议 before a court' END;
