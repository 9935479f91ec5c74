namespace Kalm.Kernels.Models;

/// <summary>
/// The pairs of geoms that can collide, with their contact parameters (MuJoCo: mj_collision, mj_contactFilter,
/// mj_collideGeoms, engine_collision_driver.c). MuJoCo filters and mixes at every step; here it is done once.
/// </summary>
internal static class PairList
{
    private const int MaxPairs = 100_000;

    // smallest friction coefficient and mixing weight (MuJoCo: mjMINMU, mjMINVAL)
    private const double MinMu = 1e-5;
    private const double MinVal = 1e-15;

    /// <summary>Fills the pair arrays of a model whose bodies and geoms are complete.</summary>
    public static void Build(Model model, IReadOnlyList<SceneGeom> geoms, MjcfSettings settings)
    {
        List<(int Geom1, int Geom2)> pairs = settings.Contact ? Collect(model, geoms, settings.FilterParent) : [];
        model.npair = pairs.Count;
        model.pair_geom1 = [.. pairs.Select(pair => pair.Geom1)];
        model.pair_geom2 = [.. pairs.Select(pair => pair.Geom2)];
        model.pair_dim = new int[pairs.Count];
        model.pair_margin = new double[pairs.Count];
        model.pair_gap = new double[pairs.Count];
        model.pair_friction = new double[5 * pairs.Count];
        model.pair_solref = new double[2 * pairs.Count];
        model.pair_solimp = new double[5 * pairs.Count];
        for (int i = 0; i < pairs.Count; i++) Mix(model, i, geoms[pairs[i].Geom1], geoms[pairs[i].Geom2], settings);
    }

    // pairs in the order MuJoCo visits them: by body, then by geom; the lower type comes first within a pair
    private static List<(int Geom1, int Geom2)> Collect(
        Model model, IReadOnlyList<SceneGeom> geoms, bool filterParent)
    {
        List<(int Geom1, int Geom2)> pairs = [];
        for (int body1 = 0; body1 < model.nbody; body1++)
        {
            for (int body2 = body1 + 1; body2 < model.nbody; body2++)
            {
                if (!BodiesCollide(model, body1, body2, filterParent)) continue;
                int start = pairs.Count;
                foreach (int a in GeomsOf(model, body1))
                {
                    foreach (int b in GeomsOf(model, body2))
                    {
                        bool compatible = (model.geom_contype[a] & model.geom_conaffinity[b]) != 0
                            || (model.geom_contype[b] & model.geom_conaffinity[a]) != 0;
                        bool planes = (model.geom_type[a] | model.geom_type[b]) == (int)GeomType.Plane;
                        if (!compatible || planes) continue;
                        if (pairs.Count >= MaxPairs)
                            throw geoms[b].Element.Error($"more than {MaxPairs} pairs of geoms can collide");
                        pairs.Add(model.geom_type[a] > model.geom_type[b] ? (b, a) : (a, b));
                    }
                }

                // MuJoCo 3 searches trees of boxes and then sorts by geom, as the contacts name them
                if (model.compat == ModelCompat.Mj3) pairs.Sort(start, pairs.Count - start, null);
            }
        }

        return pairs;
    }

    private static bool BodiesCollide(Model model, int body1, int body2, bool filterParent)
    {
        int weld1 = model.body_weldid[body1];
        int weld2 = model.body_weldid[body2];
        if (weld1 == weld2) return false;
        int parent1 = model.body_weldid[model.body_parentid[weld1]];
        int parent2 = model.body_weldid[model.body_parentid[weld2]];
        bool related = weld1 == parent2 || weld2 == parent1;
        return !(filterParent && weld1 != 0 && weld2 != 0 && related);
    }

    private static IEnumerable<int> GeomsOf(Model model, int body) =>
        Enumerable.Range(Math.Max(model.body_geomadr[body], 0), model.body_geomnum[body]);

    /// <summary>
    /// Largest number of contacts of a pair (MuJoCo 3.3: the collision functions of engine_collision_*.c).
    /// </summary>
    public static int MaxContacts(Model model, int pair)
    {
        GeomType type1 = (GeomType)model.geom_type[model.pair_geom1[pair]];
        GeomType type2 = (GeomType)model.geom_type[model.pair_geom2[pair]];
        return (type1, type2) switch
        {
            (GeomType.Plane, GeomType.Sphere) => 1,
            (GeomType.Plane, GeomType.Capsule) => 2,
            (GeomType.Plane, _) => 4,
            (GeomType.Capsule, GeomType.Capsule or GeomType.Box) => 2,
            (GeomType.Box, GeomType.Box) => 8,
            _ => 1,
        };
    }

    private static void Mix(Model model, int pair, SceneGeom geom1, SceneGeom geom2, MjcfSettings settings)
    {
        model.pair_margin[pair] = settings.Override?.Margin ?? Math.Max(geom1.Margin, geom2.Margin);
        model.pair_gap[pair] = Math.Max(geom1.Gap, geom2.Gap);
        double[] friction;
        double[] solref;
        double[] solimp;
        if (geom1.Priority != geom2.Priority)
        {
            SceneGeom first = geom1.Priority > geom2.Priority ? geom1 : geom2;
            model.pair_dim[pair] = first.ConDim;
            (friction, solref, solimp) = (first.Friction, first.SolRef, first.SolImp);
        }
        else
        {
            model.pair_dim[pair] = Math.Max(geom1.ConDim, geom2.ConDim);
            double mix = Weight(geom1.SolMix, geom2.SolMix);
            bool standard = geom1.SolRef[0] > 0 && geom2.SolRef[0] > 0;
            friction = Join(geom1.Friction, geom2.Friction, Math.Max);
            solref = Join(geom1.SolRef, geom2.SolRef, standard ? Blend : Math.Min);
            solimp = Join(geom1.SolImp, geom2.SolImp, Blend);
            double Blend(double a, double b) => (mix * a) + ((1 - mix) * b);
        }

        // slide, spin, roll to two tangents, spin, two rolls
        int[] source = [0, 0, 1, 2, 2];
        for (int k = 0; k < 5; k++) model.pair_friction[(5 * pair) + k] = Math.Max(MinMu, friction[source[k]]);
        (settings.Override?.SolRef ?? solref).CopyTo(model.pair_solref, 2 * pair);
        (settings.Override?.SolImp ?? solimp).CopyTo(model.pair_solimp, 5 * pair);
    }

    private static double Weight(double mix1, double mix2) => (mix1 >= MinVal, mix2 >= MinVal) switch
    {
        (true, true) => mix1 / (mix1 + mix2),
        (false, false) => 0.5,
        (false, true) => 0,
        (true, false) => 1,
    };

    private static double[] Join(double[] a, double[] b, Func<double, double, double> f) => [.. a.Zip(b, f)];
}
