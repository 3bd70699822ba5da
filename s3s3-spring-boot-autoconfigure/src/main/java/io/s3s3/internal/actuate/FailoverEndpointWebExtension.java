package io.s3s3.internal.actuate;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.util.Assert;

/**
 * Lets the {@link FailoverEndpoint} say over HTTP why it refuses an action, which Spring
 * Boot would leave out of its answer. Thread-safe.
 */
@EndpointWebExtension(endpoint = FailoverEndpoint.class)
public class FailoverEndpointWebExtension {

	private final FailoverEndpoint endpoint;

	/**
	 * Create an extension.
	 * @param endpoint the endpoint
	 */
	public FailoverEndpointWebExtension(FailoverEndpoint endpoint) {
		Assert.notNull(endpoint, "endpoint is required");
		this.endpoint = endpoint;
	}

	/**
	 * Steer the traffic.
	 * @param action what to do, see {@link FailoverEndpoint#act(String, String, String)}
	 * @param location the location to apply it to, or {@code null} for none
	 * @param duration how long it lasts, or {@code null} for no limit
	 * @return the new status, or what is wrong with the action
	 */
	@WriteOperation
	public WebEndpointResponse<Object> act(String action, @Nullable String location, @Nullable String duration) {
		try {
			return new WebEndpointResponse<>(this.endpoint.act(action, location, duration));
		}
		catch (InvalidEndpointRequestException ex) {
			return new WebEndpointResponse<>(Map.of("message", String.valueOf(ex.getReason())),
					WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

}
