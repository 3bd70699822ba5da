package io.s3s3.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.s3s3.FailoverS3Client;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestListener;
import io.s3s3.metrics.FailoverMetrics;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * What the engine adds to a call: the same stubbed client, called directly and through a
 * {@link FailoverS3Client} that has the listeners of an application. The difference
 * between the two is the cost.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {

	private final HeadObjectRequest head = HeadObjectRequest.builder().key("key").build();

	private final PutObjectRequest put = PutObjectRequest.builder().key("key").contentType("text/plain").build();

	private final RequestBody body = RequestBody.fromString("content");

	/**
	 * Which client is called.
	 */
	@Param({ "direct", "failover" })
	public String client = "direct";

	private S3Client s3 = new StubbedS3Client();

	/**
	 * Wrap the stub where asked.
	 */
	@Setup
	public void setUp() {
		if (this.client.equals("failover")) {
			RequestListener publisher = RequestListener.of(RequestFailedOver.class, (event) -> {
			});
			FailoverS3Client.Builder builder = FailoverS3Client.builder()
				.primary(new StubbedS3Client(), "east")
				.secondary(new StubbedS3Client(), "west");
			List.of(publisher, new FailoverMetrics(new SimpleMeterRegistry())).forEach(builder::listener);
			this.s3 = builder.build();
		}
	}

	/**
	 * Call an operation without a body.
	 * @return the response
	 */
	@Benchmark
	public HeadObjectResponse headObject() {
		return this.s3.headObject(this.head);
	}

	/**
	 * Call an operation with a body.
	 * @return the response
	 */
	@Benchmark
	public PutObjectResponse putObject() {
		return this.s3.putObject(this.put, this.body);
	}

	/**
	 * Answers at once.
	 */
	private static final class StubbedS3Client implements S3Client {

		private static final HeadObjectResponse HEAD = HeadObjectResponse.builder().build();

		private static final PutObjectResponse PUT = PutObjectResponse.builder().build();

		@Override
		public HeadObjectResponse headObject(HeadObjectRequest request) {
			return HEAD;
		}

		@Override
		public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
			return PUT;
		}

		@Override
		public String serviceName() {
			return SERVICE_NAME;
		}

		@Override
		public void close() {
		}

	}

}
