/**
 * Is a location well, and who goes first. Start with
 * {@link io.s3s3.health.TrafficDirector}, which directs the calls, and
 * {@link io.s3s3.health.FailoverControl}, by which an operator steers them. Changes of
 * the locations are published as {@link io.s3s3.health.LocationEvent}s.
 * <p>
 * Each location is in one state at a time. The director passes each attempt and each
 * probe on to the state, and updates the route after each transition: <pre>
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
