package io.s3s3;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.s3s3.event.RequestSent;
import io.s3s3.location.LocationPair;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultProxy;
import io.s3s3.testkit.FaultProxy.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listings of all objects, page by page, against a real server.
 */
class TemplateListingIntegrationTests extends AbstractFailoverS3TemplateTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void listsAllObjectsPageByPage(boolean primaryWorks) {
		run(primaryWorks, (template) -> {
			List<String> keys = IntStream.range(0, 1005).mapToObj("many/%04d"::formatted).toList();
			keys.forEach((key) -> template.upload(key, new byte[0]));
			template.upload("other", new byte[0]);
			AtomicInteger requests = new AtomicInteger();
			FailoverS3Operations view = template.on(RequestSent.class, (event) -> requests.incrementAndGet());

			assertThat(view.listAll("many/").map(S3Object::key)).containsExactlyElementsOf(keys);
			assertThat(requests.get()).isEqualTo(2);
			requests.set(0);
			assertThat(view.listAll("many/").findFirst()).isPresent();
			assertThat(requests.get()).isEqualTo(1);
			assertThat(template.listAll("none/")).isEmpty();
			assertThat(template.listAll("")).hasSize(1006);
			assertThat(template.listObjectsV2((request) -> request.maxKeys(2)).contents()).hasSize(2);
		});
	}

	@Test
	void continuesAListingElsewhereWhenItsLocationDies() {
		try (EmbeddedS3 server = EmbeddedS3.start("east"); FaultProxy primary = FaultProxy.to(server.endpoint())) {
			Contexts.pair(primary.uri(), "east", this.alive.endpoint(), "alive").run((context) -> {
				LocationPair pair = context.getBean(LocationPair.class);
				for (String key : List.of("a", "b/1", "b/2", "c", "d")) {
					pair.primary().client().putObject((r) -> r.bucket("east").key(key), RequestBody.empty());
					pair.secondary().client().putObject((r) -> r.bucket("alive").key(key), RequestBody.empty());
				}
				FailoverS3Client client = context.getBean(FailoverS3Client.class);
				var first = client.listObjectsV2((request) -> request.delimiter("/").maxKeys(2));
				primary.mode(Mode.REFUSE);

				var second = client.listObjectsV2((
						request) -> request.delimiter("/").maxKeys(2).continuationToken(first.nextContinuationToken()));

				assertThat(first.contents()).extracting(S3Object::key).containsExactly("a");
				assertThat(first.commonPrefixes()).hasSize(1);
				assertThat(second.contents()).extracting(S3Object::key).containsExactly("c", "d");
				assertThat(second.commonPrefixes()).isEmpty();
			});
		}
	}

}
