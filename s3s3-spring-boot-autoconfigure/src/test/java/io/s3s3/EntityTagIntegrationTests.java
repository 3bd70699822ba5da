package io.s3s3;

import java.util.ArrayList;
import java.util.List;

import io.s3s3.event.DownloadResumed;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.GuardedClients;
import io.s3s3.testkit.Operation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of downloads between locations that write the same ETag differently.
 */
class EntityTagIntegrationTests {

	private static final String MD5 = "9a0364b9e99bb480dd25e1f0284c8555";

	@ParameterizedTest
	@ValueSource(strings = { "\"" + MD5 + "\"", "W/\"" + MD5 + "\"", MD5 })
	void goOnWithTheSameObject(String tag) throws Exception {
		List<DownloadResumed> resumed = new ArrayList<>();
		String beginning = "HTTP/1.1 200 OK\r\nConnection: close\r\nETag: " + tag + "\r\nContent-Length: 7\r\n\r\ncon";
		try (FaultyEndpoint primary = AnsweringEndpoint.sending(beginning);
				EmbeddedS3 secondary = EmbeddedS3.start("west");
				S3Client east = GuardedClients.guarded(primary.uri());
				S3Client west = GuardedClients.guarded(secondary.endpoint());
				FailoverS3Client s3 = FailoverS3Client.builder()
					.primary(east, "east")
					.secondary(west, "west")
					.build()) {
			west.putObject((r) -> r.bucket("west").key(Operation.KEY), RequestBody.fromString(Operation.CONTENT));

			ResponseInputStream<GetObjectResponse> stream = s3.on(DownloadResumed.class, resumed::add)
				.getObject((r) -> r.key(Operation.KEY));

			assertThat(stream.readAllBytes()).asString().isEqualTo(Operation.CONTENT);
			assertThat(resumed).hasSize(1);
		}
	}

}
