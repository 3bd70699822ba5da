package io.s3s3.internal.http;

import java.util.function.BooleanSupplier;

import io.s3s3.internal.io.ClientConfiguration;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Marks a client whose HTTP client can send a read a second time: of all that an SDK
 * client does not tell, its HTTP client is one. It survives what wraps the client.
 * Thread-safe.
 */
public final class HedgingMark implements ExecutionInterceptor {

	private final BooleanSupplier hedges;

	/**
	 * Create a mark, to be added to the interceptors of a client.
	 * @param hedges tells whether the client got an HTTP client that can, once it is made
	 */
	public HedgingMark(BooleanSupplier hedges) {
		this.hedges = hedges;
	}

	/**
	 * Return whether the HTTP client of a client can send a read a second time.
	 * @param client the client
	 * @return {@code false} also if it does not tell
	 */
	public static boolean isOn(SdkClient client) {
		return ClientConfiguration.of(client)
			.map((configuration) -> configuration.overrideConfiguration().executionInterceptors())
			.filter((interceptors) -> interceptors.stream().anyMatch(HedgingMark::hedges))
			.isPresent();
	}

	private static boolean hedges(ExecutionInterceptor interceptor) {
		return interceptor instanceof HedgingMark mark && mark.hedges.getAsBoolean();
	}

}
