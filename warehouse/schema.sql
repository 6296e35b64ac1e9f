-- The tables of the warehouse. What each table and column means is said in
-- comments.txt and stored in the file with COMMENT ON. Types ending in _code
-- list the ids of the forms and are made in code before this script runs.
--
-- There are no keys or indexes: the loader checks what must be unique, and a
-- document is replaced by deleting its rows and appending the new ones in one
-- transaction.

CREATE TYPE cell_state   AS ENUM ('number', 'blank', 'slash', 'dash', 'na_text', 'text', 'missing', 'unreadable');
CREATE TYPE cell_status  AS ENUM ('verified', 'disputed', 'suspect', 'ocr', 'confirmed');
CREATE TYPE cell_grounds AS ENUM ('sums', 'second', 'both', 'none');
CREATE TYPE report_scope AS ENUM ('own', 'consolidated', 'local_level', 'unknown');
CREATE TYPE measure_code AS ENUM (
    'requests_received', 'requests_carried_in', 'requests_carried_out', 'requests_processed',
    'granted', 'partly_granted', 'denied', 'unable', 'not_held', 'refused', 'refused_or_other',
    'reconsideration', 'reconsideration_upheld', 'reconsideration_corrected', 'reconsideration_other', 'reconsideration_pending',
    'suit', 'suit_upheld', 'suit_corrected', 'suit_other', 'suit_pending', 'suit_direct', 'suit_after_reconsideration',
    'regulations_made', 'regulations_in_force', 'normative_documents_made', 'normative_documents_in_force',
    'licence_decisions', 'penalty_decisions', 'coercion_decisions', 'request_fee_wan', 'administrative_fee_wan'
);

-- Facts about the warehouse itself.
CREATE TABLE warehouse (name VARCHAR NOT NULL, value VARCHAR NOT NULL);
CREATE TABLE load_run (
    started TIMESTAMP NOT NULL, documents INTEGER NOT NULL, added INTEGER NOT NULL, replaced INTEGER NOT NULL,
    unchanged INTEGER NOT NULL, reports INTEGER NOT NULL, problems INTEGER NOT NULL
);

-- The nightly runs, as the run log tells of them.
CREATE TABLE crawl_run (
    run VARCHAR NOT NULL, started TIMESTAMP NOT NULL, finished TIMESTAMP, version VARCHAR NOT NULL, failure VARCHAR,
    sites INTEGER NOT NULL, requests BIGINT NOT NULL, bytes BIGINT NOT NULL,
    expected INTEGER NOT NULL, captured INTEGER NOT NULL, problems INTEGER NOT NULL, skips INTEGER NOT NULL,
    new_reports INTEGER NOT NULL, revised_reports INTEGER NOT NULL, newly_missing INTEGER NOT NULL, newly_late INTEGER NOT NULL,
    held VARCHAR[] NOT NULL, reports INTEGER NOT NULL, errors INTEGER NOT NULL, warnings INTEGER NOT NULL
);
CREATE TABLE crawl_site_run (
    run VARCHAR NOT NULL, site VARCHAR NOT NULL, requests BIGINT NOT NULL, bytes BIGINT NOT NULL,
    expected INTEGER NOT NULL, captured INTEGER NOT NULL, problems INTEGER NOT NULL, skips INTEGER NOT NULL, alerts INTEGER NOT NULL
);
CREATE TABLE alert (
    site VARCHAR NOT NULL, code VARCHAR NOT NULL, column_id VARCHAR, detail VARCHAR NOT NULL,
    since TIMESTAMP NOT NULL, told TIMESTAMP NOT NULL, resolved TIMESTAMP
);

-- Addresses that the last visit of their list did not bring.
CREATE TABLE fetch_problem (
    site VARCHAR NOT NULL, column_id VARCHAR, url VARCHAR, title VARCHAR, agency_id VARCHAR, year INTEGER, parent VARCHAR,
    result VARCHAR NOT NULL, kind VARCHAR NOT NULL, detail VARCHAR, next VARCHAR, since TIMESTAMP NOT NULL, seen TIMESTAMP NOT NULL
);

-- The catalogue of forms.
CREATE TABLE form (
    form form_code NOT NULL, title VARCHAR NOT NULL, basis VARCHAR NOT NULL,
    since INTEGER NOT NULL, until INTEGER, provisional BOOLEAN NOT NULL
);
CREATE TABLE form_table (
    form form_code NOT NULL, table_id table_code NOT NULL, position INTEGER NOT NULL, title VARCHAR NOT NULL
);
CREATE TABLE form_row (
    form form_code NOT NULL, table_id table_code NOT NULL, row_id row_code NOT NULL, position INTEGER NOT NULL,
    label VARCHAR NOT NULL, groups VARCHAR[] NOT NULL, kind VARCHAR, section VARCHAR
);
CREATE TABLE form_column (
    form form_code NOT NULL, table_id table_code NOT NULL, column_id column_code NOT NULL, position INTEGER NOT NULL,
    label VARCHAR NOT NULL, signed BOOLEAN NOT NULL, money VARCHAR
);
CREATE TABLE form_cell (
    form form_code NOT NULL, table_id table_code NOT NULL, row_id row_code NOT NULL, column_id column_code NOT NULL,
    position INTEGER NOT NULL, name VARCHAR NOT NULL, label VARCHAR NOT NULL
);
CREATE TABLE identity (
    form form_code NOT NULL, table_id table_code NOT NULL, identity VARCHAR NOT NULL, axis VARCHAR NOT NULL,
    left_ids VARCHAR[] NOT NULL, right_ids VARCHAR[] NOT NULL, basis VARCHAR NOT NULL
);
CREATE TABLE equation (
    equation_id INTEGER NOT NULL, form form_code NOT NULL, table_id table_code NOT NULL, identity VARCHAR NOT NULL,
    row_id row_code, column_id column_code, left_cells VARCHAR[] NOT NULL, right_cells VARCHAR[] NOT NULL
);
CREATE TABLE equation_term (
    equation_id INTEGER NOT NULL, identity VARCHAR NOT NULL, form form_code NOT NULL, table_id table_code NOT NULL,
    row_id row_code NOT NULL, column_id column_code NOT NULL, side TINYINT NOT NULL
);

-- Agencies, as the registry of the crawler gives them.
CREATE TABLE agency (
    agency_id VARCHAR NOT NULL, agency VARCHAR NOT NULL, level VARCHAR, type VARCHAR, region VARCHAR, parent VARCHAR,
    first_year INTEGER, visited DATE
);

-- Divisions of the country, by GB/T 2260 code.
CREATE TABLE region (region VARCHAR NOT NULL, region_name VARCHAR, province VARCHAR NOT NULL, prefecture VARCHAR);

CREATE TABLE agency_event (
    type VARCHAR NOT NULL, date DATE NOT NULL, first_year INTEGER NOT NULL,
    predecessors VARCHAR[] NOT NULL, successors VARCHAR[] NOT NULL, source VARCHAR NOT NULL
);
CREATE TABLE agency_series (agency_key VARCHAR NOT NULL, series VARCHAR NOT NULL);
CREATE TABLE agency_name (
    agency_key VARCHAR NOT NULL, kind VARCHAR NOT NULL, value VARCHAR NOT NULL, valid_from DATE, valid_to DATE, source VARCHAR NOT NULL
);
CREATE TABLE obliged (
    agency_key VARCHAR NOT NULL, year INTEGER NOT NULL, government VARCHAR, said VARCHAR NOT NULL, complete BOOLEAN NOT NULL,
    basis VARCHAR NOT NULL, source VARCHAR NOT NULL, note VARCHAR
);
CREATE TABLE roster_problem (source VARCHAR NOT NULL, unit VARCHAR, note VARCHAR, code VARCHAR NOT NULL, detail VARCHAR NOT NULL);

-- Documents, and why one gave no report.
CREATE TABLE document (
    document VARCHAR NOT NULL, name VARCHAR NOT NULL, url VARCHAR, media_type VARCHAR, bytes BIGINT NOT NULL,
    fetched TIMESTAMP, returned TIMESTAMP, link_title VARCHAR, published DATE, agency_id VARCHAR, year INTEGER, content VARCHAR NOT NULL, stated VARCHAR, transcript VARCHAR
);
CREATE TABLE problem (
    document VARCHAR NOT NULL, step VARCHAR NOT NULL, code VARCHAR NOT NULL, detail VARCHAR NOT NULL, next VARCHAR NOT NULL
);

-- Reports.
CREATE TABLE report (
    report_id BIGINT NOT NULL, document VARCHAR NOT NULL, part INTEGER NOT NULL, name VARCHAR NOT NULL, reader VARCHAR NOT NULL,
    agency_key VARCHAR NOT NULL, agency_id VARCHAR, agency VARCHAR, year INTEGER, scope report_scope NOT NULL,
    identity VARCHAR NOT NULL, title VARCHAR NOT NULL, published DATE, period_first DATE, period_last DATE,
    citations VARCHAR[] NOT NULL, correction BOOLEAN NOT NULL, tables INTEGER NOT NULL, dated DATE,
    said VARCHAR NOT NULL, revision INTEGER NOT NULL, revisions INTEGER NOT NULL, is_current BOOLEAN NOT NULL,
    agency_from VARCHAR, linked_by VARCHAR, formerly VARCHAR, year_from VARCHAR, agency_type VARCHAR
);
CREATE TABLE report_table (
    report_id BIGINT NOT NULL, table_id table_code NOT NULL, form form_code NOT NULL, found BOOLEAN NOT NULL, method VARCHAR,
    cells SMALLINT NOT NULL, read SMALLINT NOT NULL, figures SMALLINT NOT NULL, known SMALLINT NOT NULL, nonzero SMALLINT NOT NULL,
    largest DECIMAL(18, 6), fingerprint UBIGINT NOT NULL
);
CREATE TABLE report_page (
    report_id BIGINT NOT NULL, page INTEGER NOT NULL, document VARCHAR NOT NULL, name VARCHAR NOT NULL
);
CREATE TABLE cell (
    report_id BIGINT NOT NULL, form form_code NOT NULL, table_id table_code NOT NULL, row_id row_code NOT NULL, column_id column_code NOT NULL,
    state cell_state NOT NULL, value DECIMAL(18, 6), lenient DECIMAL(18, 6), unit VARCHAR, raw VARCHAR NOT NULL, note VARCHAR,
    page INTEGER, x0 FLOAT, y0 FLOAT, x1 FLOAT, y1 FLOAT, doc_table INTEGER, doc_row INTEGER, doc_column INTEGER,
    status cell_status NOT NULL, grounds cell_grounds NOT NULL, second VARCHAR, blank_total BOOLEAN NOT NULL, parts DECIMAL(18, 6)
);
CREATE TABLE equation_sum (
    report_id BIGINT NOT NULL, equation_id INTEGER NOT NULL, left_value DECIMAL(18, 6), right_value DECIMAL(18, 6),
    left_known TINYINT NOT NULL, right_known TINYINT NOT NULL, left_figures TINYINT NOT NULL, right_figures TINYINT NOT NULL
);
CREATE TABLE measured (
    report_id BIGINT NOT NULL, measure measure_code NOT NULL, form form_code NOT NULL, value DECIMAL(18, 6),
    lenient BOOLEAN NOT NULL, doubtful BOOLEAN NOT NULL
);
CREATE TABLE extra_row (
    report_id BIGINT NOT NULL, position INTEGER NOT NULL, table_id VARCHAR NOT NULL, label VARCHAR NOT NULL, printed VARCHAR[] NOT NULL,
    page INTEGER, x0 FLOAT, y0 FLOAT, x1 FLOAT, y1 FLOAT, doc_table INTEGER, doc_row INTEGER, doc_column INTEGER
);
CREATE TABLE section (
    report_id BIGINT NOT NULL, number INTEGER NOT NULL, title VARCHAR NOT NULL, present BOOLEAN NOT NULL, text VARCHAR NOT NULL, position INTEGER
);
CREATE TABLE sketch (
    report_id BIGINT NOT NULL, section INTEGER NOT NULL, masked VARCHAR NOT NULL, letters INTEGER NOT NULL, hash UBIGINT NOT NULL, bits UBIGINT[] NOT NULL
);
CREATE TABLE fact (
    report_id BIGINT NOT NULL, position INTEGER NOT NULL, section INTEGER NOT NULL, measure VARCHAR NOT NULL, value DECIMAL(18, 6) NOT NULL,
    unit VARCHAR, approximate BOOLEAN NOT NULL, total BOOLEAN NOT NULL, sentence VARCHAR NOT NULL
);
CREATE TABLE issue (
    report_id BIGINT NOT NULL, position INTEGER NOT NULL, code VARCHAR NOT NULL, table_id VARCHAR, row_id VARCHAR, column_id VARCHAR, detail VARCHAR NOT NULL,
    page INTEGER, x0 FLOAT, y0 FLOAT, x1 FLOAT, y1 FLOAT, doc_table INTEGER, doc_row INTEGER, doc_column INTEGER
);

-- Judgements: exceptions that people have recorded, and the findings of the last stored check.
CREATE TABLE excuse (
    rule VARCHAR NOT NULL, agency_key VARCHAR, year INTEGER, scope report_scope,
    table_id VARCHAR, row_id VARCHAR, column_id VARCHAR, reason VARCHAR NOT NULL, basis VARCHAR NOT NULL
);
CREATE TABLE reply (
    agency_key VARCHAR NOT NULL, year INTEGER NOT NULL, rule VARCHAR NOT NULL, scope report_scope,
    table_id VARCHAR, row_id VARCHAR, column_id VARCHAR,
    status VARCHAR NOT NULL, date DATE NOT NULL, text VARCHAR NOT NULL, source VARCHAR NOT NULL
);
CREATE TABLE reading (
    document VARCHAR NOT NULL, part INTEGER NOT NULL, agency_key VARCHAR, year INTEGER, scope report_scope,
    cells VARCHAR[] NOT NULL, who VARCHAR NOT NULL, date DATE NOT NULL, basis VARCHAR NOT NULL
);
CREATE TABLE confirmation (
    finding VARCHAR NOT NULL, document VARCHAR NOT NULL, verdict VARCHAR NOT NULL, role VARCHAR NOT NULL, date DATE NOT NULL, note VARCHAR
);
CREATE TABLE finding (
    rule VARCHAR NOT NULL, severity VARCHAR NOT NULL, report_id BIGINT, other_report_id BIGINT,
    agency_key VARCHAR NOT NULL, year INTEGER, scope report_scope, table_id VARCHAR, row_id VARCHAR, column_id VARCHAR,
    left_value DECIMAL(18, 6), right_value DECIMAL(18, 6), outcome VARCHAR NOT NULL, strict VARCHAR NOT NULL, lenient VARCHAR NOT NULL,
    status VARCHAR NOT NULL, detail VARCHAR
);
