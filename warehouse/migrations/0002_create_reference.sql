-- The seeds as loaded: replaced as a whole when a hand-kept file changes, never edited here.
CREATE SCHEMA IF NOT EXISTS ref;

CREATE TABLE ref.mission (
    mission VARCHAR,
    title VARCHAR,
    theatre VARCHAR,
    kinds VARCHAR[],
    started_on DATE,
    ended_on DATE
);
COMMENT ON TABLE ref.mission IS 'One row per mission that is followed. Grain: mission.';

CREATE TABLE ref.force (
    mission VARCHAR,
    actor VARCHAR,
    sequence INTEGER
);
COMMENT ON TABLE ref.force IS 'The forces that are a mission, oldest first. Grain: mission and actor.';

CREATE TABLE ref.actor (
    mission VARCHAR,
    actor VARCHAR,
    name VARCHAR,
    type VARCHAR,
    country VARCHAR,
    roles VARCHAR[]
);
COMMENT ON TABLE ref.actor IS 'One row per actor that a mission knows. Grain: mission and actor.';

CREATE TABLE ref.actor_name (
    mission VARCHAR,
    actor VARCHAR,
    name VARCHAR,
    language VARCHAR,
    form VARCHAR
);
COMMENT ON TABLE ref.actor_name IS 'Every way to write an actor. Grain: mission, actor, name, language and form.';

CREATE TABLE ref.post (
    mission VARCHAR,
    person VARCHAR,
    role VARCHAR,
    actor VARCHAR,
    aliases VARCHAR[],
    held_from DATE,
    held_to DATE,
    source VARCHAR
);
COMMENT ON TABLE ref.post IS 'One row per person in a post. Grain: mission, person, role and held_from.';

CREATE TABLE ref.place (
    mission VARCHAR,
    place_id VARCHAR,
    name VARCHAR,
    kind VARCHAR,
    country VARCHAR,
    aliases VARCHAR[],
    admin1 VARCHAR,
    admin2 VARCHAR,
    pcode VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    source VARCHAR
);
COMMENT ON TABLE ref.place IS 'The gazetteer. Grain: mission and place_id.';

CREATE TABLE ref.feed (
    feed VARCHAR,
    url VARCHAR,
    outlet VARCHAR,
    country VARCHAR,
    language VARCHAR,
    "fetch" VARCHAR,
    is_paused BOOLEAN
);
COMMENT ON TABLE ref.feed IS 'The feed list in use. Grain: feed.';

CREATE TABLE ref.publisher (
    domain VARCHAR,
    outlet VARCHAR,
    country VARCHAR,
    language VARCHAR,
    kind VARCHAR
);
COMMENT ON TABLE ref.publisher IS 'What is known of an outlet by its registered domain. Grain: domain.';
