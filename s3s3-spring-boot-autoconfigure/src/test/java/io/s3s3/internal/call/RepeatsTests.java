package io.s3s3.internal.call;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

import com.sun.management.ThreadMXBean;
import io.s3s3.internal.route.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Repeats}.
 */
class RepeatsTests {

	private static final int CALLS = 10_000;

	private final AsyncCalls calls;

	RepeatsTests(@TempDir Path directory) {
		this.calls = new AsyncCalls(directory);
	}

	@Test
	void allocatesNothingForHedgesWhereReadsAreNotHedged() {
		GetObjectRequest request = GetObjectRequest.builder().key("k").build();
		CallServices services = this.calls.scope().services();
		Route route = services.router().route("GetObject", request);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		int hedged = 0;
		threads.getCurrentThreadAllocatedBytes();

		long before = threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < CALLS; i++) {
			hedged += (services.repeats().hedge(request, route, route.locations().get(0), services.router()) != null)
					? 1 : 0;
		}
		long allocated = threads.getCurrentThreadAllocatedBytes() - before;

		assertThat(hedged).isZero();
		// Less than a byte a call: what the JVM itself takes to load and link.
		assertThat(allocated).isLessThan(CALLS);
	}

}
