package risk

import "github.com/crmrollout/crm/crmproject/ratio"

// An Appetite is how much risk the organisation takes in one category: the
// highest band that it takes without a second thought, and the highest that it
// bears at all. What lies between must be worked on; what lies above must be
// escalated. Both are bands of the matrix in use.
type Appetite struct {
	Category  string `json:"category,omitempty"` // empty: for categories without a line of their own
	Appetite  string `json:"appetite"`
	Tolerated string `json:"tolerated"`
}

// AppetiteFor returns the line of the plan for a category: its own, or the one
// for all others, or false.
func (p Plan) AppetiteFor(category string) (Appetite, bool) {
	var general Appetite
	found := false
	for _, a := range p.Appetites {
		switch a.Category {
		case category:
			return a, true
		case "":
			general, found = a, true
		}
	}
	return general, found
}

// above reports whether a rating, by whatever matrix, lies above a band of the
// matrix in use.
func (r Register) above(rating Rating, band string) bool {
	i, ok := r.Matrix.BandIndex(band)
	return ok && r.Matrix.height(i).Less(rating.Height)
}

// higher returns the order of two ratings: by band, then by score. Ratings by
// different matrices are compared by the height of the band alone.
func higher(a, b Standing) int {
	if c := a.Rating.Height.Cmp(b.Rating.Height); c != 0 || a.Matrix != b.Matrix {
		return c
	}
	return a.Rating.Score.Cmp(b.Rating.Score)
}

// descending orders two values, the greater first and undefined ones last and
// equal among themselves.
func descending(a, b ratio.Ratio) int {
	switch {
	case a.Defined() && b.Defined():
		return b.Cmp(a)
	case a.Defined():
		return -1
	case b.Defined():
		return 1
	default:
		return 0
	}
}
