package special

// Nodes is the number of points of a Gauss-Legendre panel.
const Nodes = 20

// A Node is a point of the rule with its weight, on the interval from 0 to 1.
type Node struct{ At, Weight float64 }

// Panel returns the 20-point Gauss-Legendre rule on [0, 1]: exact for polynomials
// up to degree 39, and to some 1e-20 for e^(−8u).
func Panel() [Nodes]Node {
	var panel [Nodes]Node
	for i, n := range half {
		panel[Nodes/2+i] = Node{0.5 + 0.5*n.At, 0.5 * n.Weight}
		panel[Nodes/2-1-i] = Node{0.5 - 0.5*n.At, 0.5 * n.Weight}
	}
	return panel
}

// half holds the positive roots of the Legendre polynomial P₂₀ and the weights on
// [−1, 1].
var half = [Nodes / 2]Node{
	{0.076526521133497333755, 0.1527533871307258507},
	{0.22778585114164507808, 0.14917298647260374679},
	{0.37370608871541956067, 0.14209610931838205133},
	{0.510867001950827098, 0.1316886384491766269},
	{0.63605368072651502545, 0.11819453196151841731},
	{0.74633190646015079261, 0.10193011981724043504},
	{0.83911697182221882339, 0.083276741576704748725},
	{0.91223442825132590587, 0.06267204833410906357},
	{0.96397192727791379127, 0.040601429800386941331},
	{0.99312859918509492479, 0.017614007139152118312},
}
