package extract

// align pairs n printed rows with m rows of a form in order, so that the sum
// of scores is greatest. Pairs below least are not made. It returns for each
// printed row the row of the form, or -1, and the sum.
func align(n, m int, score func(i, j int) float64, least float64) ([]int, float64) {
	best := make([][]float64, n+1)
	for i := range best {
		best[i] = make([]float64, m+1)
	}
	scores := make([][]float64, n)
	for i := n - 1; i >= 0; i-- {
		scores[i] = make([]float64, m)
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if s := score(i, j); s >= least {
				scores[i][j] = s
				best[i][j] = max(best[i][j], s+best[i+1][j+1])
			}
		}
	}
	pairs := make([]int, n)
	for i, j := 0, 0; i < n; {
		switch {
		case j < m && scores[i][j] > 0 && best[i][j] == scores[i][j]+best[i+1][j+1]:
			pairs[i] = j
			i, j = i+1, j+1
		case j < m && best[i][j] == best[i][j+1]:
			j++
		default:
			pairs[i] = -1
			i++
		}
	}
	return pairs, best[0][0]
}
