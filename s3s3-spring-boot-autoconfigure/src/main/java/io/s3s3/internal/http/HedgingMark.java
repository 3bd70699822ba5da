package io.s3s3.internal.http;

import java.util.function.BooleanSupplier;

import io.s3s3.internal.io.ClientConfiguration;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Marks a client whose HTTP client can send a read a second time, since an SDK client
 * does not reveal its HTTP client. The mark survives whatever wraps the client.
 * Thread-safe.
 */
public final class HedgingMark implements ExecutionInterceptor {

	private final BooleanSupplier hedges;

	/**
	 * Create a mark, to be added to the interceptors of a client.
	 * @param hedges returns whether the client has such an HTTP client, once it is built
	 */
	public HedgingMark(BooleanSupplier hedges) {
		this.hedges = hedges;
	}

	/**
	 * Return whether the HTTP client of a client can send a read a second time.
	 * @param client the client
	 * @return whether it can; {@code false} also if the client does not reveal it
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
