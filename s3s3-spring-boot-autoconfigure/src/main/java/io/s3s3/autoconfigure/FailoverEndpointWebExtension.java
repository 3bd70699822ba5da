package io.s3s3.autoconfigure;

import java.util.Map;

import io.s3s3.actuate.FailoverEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Lets the {@link FailoverEndpoint} say over HTTP why it refuses an action, which Spring
 * Boot would leave out of its answer. Thread-safe.
 */
@EndpointWebExtension(endpoint = FailoverEndpoint.class)
class FailoverEndpointWebExtension {

	private final FailoverEndpoint endpoint;

	FailoverEndpointWebExtension(FailoverEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Steer the traffic.
	 * @param action what to do, see {@link FailoverEndpoint#act(String, String, String)}
	 * @param location the location to do it with, or {@code null} for none
	 * @param duration for how long, or {@code null} for no limit
	 * @return the status after that, or what is wrong with the action
	 */
	@WriteOperation
	WebEndpointResponse<Object> act(String action, @Nullable String location, @Nullable String duration) {
		try {
			return new WebEndpointResponse<>(this.endpoint.act(action, location, duration));
		}
		catch (InvalidEndpointRequestException ex) {
			return new WebEndpointResponse<>(Map.of("message", String.valueOf(ex.getReason())),
					WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

}
