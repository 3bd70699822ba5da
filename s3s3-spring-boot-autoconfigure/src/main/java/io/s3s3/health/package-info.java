/**
 * Is a location well, and who goes first. Start with
 * {@link io.s3s3.health.TrafficDirector}, which directs the calls, and
 * {@link io.s3s3.health.FailoverControl}, by which an operator steers them. What becomes
 * of the locations is told by {@link io.s3s3.health.LocationEvent}s.
 * <p>
 * Each location is in one state at a time. The director hears of each attempt and of each
 * probe, passes it on to the state, and follows the transitions with the route: <pre>
 * UP ── circuit opens, probes fail ──▶ OUT ── probes or calls succeed ──▶ RECOVERED
 *  ▲                                    ▲ ▲                                   │
 *  │                                    │ └────── circuit, probes ────────────┤
 *  └────────── ramp completed ────── RAMPING ◀── hold-down over, operator ────┘
 * </pre> A location that is not home, or the only one that is well, goes from RECOVERED
 * to UP at once. An operator can take any of them to DRAINED.
 */
@NullMarked
package io.s3s3.health;

import org.jspecify.annotations.NullMarked;
