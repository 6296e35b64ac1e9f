package analysis_test

import (
	"database/sql"
	"fmt"
	"math"
	"testing"

	"gongkai"
	"gongkai/queries"
	"gongkai/warehouse"
)

// TestOutcomeByHand works a small case by hand: 20 bureaus with 10 requests
// each, of which ten grant 2 and ten grant 6, and one bureau with none.
//
// Wilson (J. Am. Stat. Assoc. 22, 1927): the ends of the interval are the
// roots p of (x/n - p)² = z² p (1 - p) / n with z = 1.96.
//
// Moments of the beta-binomial (Kleinman, J. Am. Stat. Assoc. 68, 1973): with
// p = Σx/Σn and S = Σ n (x/n - p)²,
// ρ = (S / (p (1-p)) - (k-1)) / (N - Σn²/N - (k-1)), α + β = 1/ρ - 1, α = p (α + β).
// Here p = 0.4, S = 20·10·0.2² = 8, ρ = (8/0.24 - 19) / (200 - 10 - 19) = 43/513,
// α + β = 470/43, α = 188/43, and 2 of 10 shrinks to (2 + 188/43) / (10 + 470/43) = 274/900.
func TestOutcomeByHand(t *testing.T) {
	db := openMemory(t)
	var items []warehouse.Item
	var agencies []gongkai.Agency
	for i := range 21 {
		id := fmt.Sprintf("b%02d", i)
		it := registered(zeroReport(id, id, 2024), id)
		if i < 20 {
			received(it, 10)
			granted := int64(2 + 4*(i%2))
			for _, c := range []string{"company", "total"} {
				set(it, "granted", c, granted, gongkai.Verified)
				set(it, "unable_not_held", c, 10-granted, gongkai.Verified)
			}
		}
		items, agencies = append(items, it), append(agencies, bureau(id, id))
	}
	load(t, db, items...)
	if err := db.SetAgencies(t.Context(), agencies); err != nil {
		t.Fatal(err)
	}
	q, ok := queries.Get("outcome")
	if !ok {
		t.Fatal("no query outcome")
	}
	rows, err := db.SQL().QueryContext(t.Context(), "SELECT agency_key, x, n, value::DOUBLE, low::DOUBLE, high::DOUBLE, shrunk::DOUBLE, alpha::DOUBLE, beta::DOUBLE, peer_agencies, reading FROM ("+q.SQL+")",
		sql.Named("metric", "O2"), sql.Named("agency", ""), sql.Named("year", ""), sql.Named("fewest", "10"))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	seen := 0
	for rows.Next() {
		var key, reading string
		var x, n float64
		var value, low, high, shrunk, alpha, beta sql.NullFloat64
		var peers sql.NullInt64
		if err := rows.Scan(&key, &x, &n, &value, &low, &high, &shrunk, &alpha, &beta, &peers, &reading); err != nil {
			t.Fatal(err)
		}
		seen++
		if key == "b20" {
			if reading != "none" || value.Valid || low.Valid || shrunk.Valid {
				t.Errorf("nothing received: %s, %v, %v, %v", reading, value, low, shrunk)
			}
			continue
		}
		near := func(what string, got sql.NullFloat64, want float64) {
			if !got.Valid || math.Abs(got.Float64-want) > 1e-6 {
				t.Errorf("%s: %s %v, want %.6f", key, what, got, want)
			}
		}
		near("alpha", alpha, 188.0/43)
		near("beta", beta, 282.0/43)
		near("shrunk", shrunk, map[float64]float64{2: 274.0 / 900, 6: 446.0 / 900}[x])
		near("value", value, x/10)
		for _, p := range []float64{low.Float64, high.Float64} {
			if left, right := (x/n-p)*(x/n-p), 1.96*1.96*p*(1-p)/n; math.Abs(left-right) > 1e-6 {
				t.Errorf("%s: %g is no root: %g, %g", key, p, left, right)
			}
		}
		if x == 2 { // the textbook's case
			near("low", low, 0.056681)
			near("high", high, 0.509843)
		}
		if peers.Int64 != 20 || !(low.Float64 < x/n && x/n < high.Float64) {
			t.Errorf("%s: %d peers, %g in %g to %g", key, peers.Int64, x/n, low.Float64, high.Float64)
		}
	}
	if err := rows.Err(); err != nil || seen != 21 {
		t.Errorf("%d rows, %v", seen, err)
	}
}
