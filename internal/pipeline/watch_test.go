package pipeline

// deaf is told and says nothing.
type deaf struct{}

func (deaf) Met(Event)               {}
func (deaf) Counting(string) Counter { return deaf{} }
func (deaf) Step()                   {}
func (deaf) End()                    {}
