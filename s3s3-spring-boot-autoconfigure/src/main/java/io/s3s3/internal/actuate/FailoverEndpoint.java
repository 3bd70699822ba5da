package io.s3s3.internal.actuate;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.s3s3.health.FailoverControl;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.Assert;

/**
 * Actuator endpoint that shows where calls go and why, and lets an operator steer them.
 * Thread-safe.
 *
 * @see FailoverControl
 */
@Endpoint(id = "s3s3")
public class FailoverEndpoint {

	private final FailoverControl control;

	/**
	 * Create an endpoint.
	 * @param control what it shows and steers
	 */
	public FailoverEndpoint(FailoverControl control) {
		Assert.notNull(control, "control is required");
		this.control = control;
	}

	/**
	 * Return the state of the locations and of the traffic between them.
	 * @return the status
	 */
	@ReadOperation
	public FailoverDescriptor status() {
		return new FailoverDescriptor(this.control.status());
	}

	/**
	 * Steer the traffic.
	 * @param action what to do: {@code force}, {@code release}, {@code fail-back},
	 * {@code reset}, {@code drain}, {@code undrain} or {@code probe-now}
	 * @param location the location to apply it to, where the action needs one:
	 * {@code primary} or {@code secondary}
	 * @param duration how long to force calls to the location, such as {@code 10m}, or
	 * {@code null} to force them until they are released
	 * @return the new status
	 * @throws InvalidEndpointRequestException if the action is not possible, or its
	 * arguments are wrong
	 */
	@WriteOperation
	public FailoverDescriptor act(String action, @Nullable String location, @Nullable String duration) {
		try {
			FailoverAction what = oneOf(FailoverAction.values(), FailoverAction::tag, "action", action);
			LocationRole where = (location != null)
					? oneOf(LocationRole.values(), LocationRole::tag, "location", location) : null;
			Duration howLong = (duration != null) ? DurationStyle.detectAndParse(duration) : null;
			requireFitting(what, where, howLong);
			perform(what, where, howLong);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			String reason = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(reason, reason, ex);
		}
		return status();
	}

	// Converted here because the Actuator's own conversion does not say what is wrong.
	private static <T> T oneOf(T[] values, Function<T, String> tag, String parameter, String text) {
		return Stream.of(values)
			.filter((value) -> tag.apply(value).equalsIgnoreCase(text))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("The %s must be one of %s".formatted(parameter,
					Stream.of(values).map(tag).collect(Collectors.joining(", ")))));
	}

	// Arguments that an action does not use are refused: whoever passed them expects more
	// than it does.
	private static void requireFitting(FailoverAction action, @Nullable LocationRole location,
			@Nullable Duration duration) {
		Assert.isTrue(location == null || action.takesLocation(),
				() -> "The action '%s' takes no location".formatted(action.tag()));
		Assert.isTrue(location != null || !action.takesLocation(),
				() -> "The action '%s' needs a location: 'primary' or 'secondary'".formatted(action.tag()));
		Assert.isTrue(duration == null || action == FailoverAction.FORCE,
				() -> "The action '%s' takes no duration".formatted(action.tag()));
	}

	@SuppressWarnings("NullAway") // checked to fit the action
	private void perform(FailoverAction action, @Nullable LocationRole location, @Nullable Duration duration) {
		switch (action) {
			case FORCE -> force(location, duration);
			case RELEASE -> this.control.release();
			case FAIL_BACK -> this.control.failBack();
			case RESET -> this.control.reset();
			case DRAIN -> this.control.drain(location);
			case UNDRAIN -> this.control.undrain(location);
			case PROBE_NOW -> this.control.probeNow(location);
		}
	}

	private void force(LocationRole location, @Nullable Duration duration) {
		if (duration != null) {
			this.control.force(location, duration);
		}
		else {
			this.control.force(location);
		}
	}

}
