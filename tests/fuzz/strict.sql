-- Nobody but the owner may call anything, except what the guard lists and what operators, casts and types are made of.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA pg_catalog FROM PUBLIC;
DO $$
DECLARE
    allowed regprocedure;
BEGIN
    FOR allowed IN
        SELECT p.oid FROM pg_proc AS p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace
          AND (p.proname = ANY ('{{listed}}')
            -- What the parser writes for LIKE … ESCAPE, SIMILAR TO, OVERLAPS, IS NORMALIZED and TABLESAMPLE,
            -- and what the bot itself calls.
            OR p.proname IN ('like_escape', 'similar_to_escape', 'overlaps', 'is_normalized', 'system', 'bernoulli',
                'left', 'octet_length', 'pg_advisory_unlock_all')
            OR p.oid IN (SELECT oprcode FROM pg_operator)
            OR p.oid IN (SELECT castfunc FROM pg_cast)
            OR p.oid IN (SELECT amproc FROM pg_amproc)
            OR p.oid IN (SELECT unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn,
                aggmtransfn, aggminvtransfn, aggmfinalfn]::oid[]) FROM pg_aggregate AS a
                JOIN pg_proc AS f ON f.oid = a.aggfnoid WHERE f.proname = ANY ('{{listed}}'))
            OR p.oid IN (SELECT unnest(ARRAY[typinput, typoutput]::oid[]) FROM pg_type))
    LOOP
        EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO cat_ro', allowed);
    END LOOP;
END $$;
