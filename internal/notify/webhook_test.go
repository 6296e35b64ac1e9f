package notify

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestWebhookRetries meets a receiver that is ill at first, and one that wants
// nothing of it.
func TestWebhookRetries(t *testing.T) {
	calls, status := 0, http.StatusBadGateway
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.WriteHeader(status)
		status = http.StatusOK
	}))
	defer s.Close()
	if err := Post(t.Context(), s.URL+"/?token=hidden", "", &Bulletin{Run: "r"}); err != nil || calls != 2 {
		t.Errorf("ill at first: %v after %d calls", err, calls)
	}
	calls, status = 0, http.StatusForbidden
	if err := Post(t.Context(), s.URL, "", &Bulletin{}); err == nil || calls != 1 {
		t.Errorf("refused: %v after %d calls", err, calls)
	}
	s.Close()
	err := post(t.Context(), http.DefaultClient, s.URL+"/?token=hidden", "", "r", nil, time.Now())
	if err == nil || strings.Contains(withoutAddress(err).Error(), "hidden") {
		t.Errorf("the error tells the address: %v", withoutAddress(err))
	}
}
