package gongkai

import (
	"errors"
	"testing"
)

func TestDecimal(t *testing.T) {
	for _, tt := range []struct{ in, out string }{
		{"0", "0"},
		{"007", "7"},
		{"-8", "-8"},
		{"+1036", "1036"},
		{"4068.208", "4068.208"},
		{"59237.2449", "59237.2449"},
		{"-0.000001", "-0.000001"},
		{"1.500000000", "1.5"},
		{"999999999999.999999", "999999999999.999999"},
	} {
		d, err := ParseDecimal(tt.in)
		if err != nil || d.String() != tt.out {
			t.Errorf("ParseDecimal(%q) = %s, %v; want %s", tt.in, d, err, tt.out)
		}
		if again, err := ParseDecimal(d.String()); err != nil || again != d {
			t.Errorf("%s read again is %s, %v", d, again, err)
		}
	}
	for _, in := range []string{"", "-", ".5", "5.", "1,000", "1e3", "0x1", "１", "1.0000001", "1000000000000", "99999999999999999999"} {
		if d, err := ParseDecimal(in); !errors.Is(err, ErrDecimal) {
			t.Errorf("ParseDecimal(%q) = %s, %v; want ErrDecimal", in, d, err)
		}
	}
}

func TestDecimalMul(t *testing.T) {
	for _, tt := range []struct {
		d    Decimal
		n    int64
		want Decimal
		ok   bool
	}{
		{Int(12), 10_000, Int(120_000), true},
		{-Int(3), 10_000, -Int(30_000), true},
		{0, 100_000_000, 0, true},
		{Int(99_999_999), 10_000, Int(999_999_990_000), true},
		{Int(100_000_000), 10_000, 0, false},
		{-Int(100_000_000), 10_000, 0, false},
		{Int(999_999_999_999), 100_000_000, 0, false},
	} {
		if got, ok := tt.d.Mul(tt.n); ok != tt.ok || ok && got != tt.want {
			t.Errorf("%s × %d = %s, %v; want %s, %v", tt.d, tt.n, got, ok, tt.want, tt.ok)
		}
	}
	if n, whole := (Int(5) + 1).Whole(); n != 5 || whole {
		t.Errorf("Whole = %d, %v; want 5, false", n, whole)
	}
}
